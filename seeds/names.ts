/**
 * First and last names that are common in Sweden, put together freely: whoever carries one of the combinations is not meant.
 */
const firstNames = (
  'Karin Lars Anna Mikael Eva Anders Maria Johan Kristina Erik Elisabeth Per Birgitta Karl Marie Peter Ingrid Jan Margareta Thomas ' +
  'Linnea Daniel Lena Fredrik Sofia Andreas Helena Hans Emma Mats Sara Bengt Malin Ulf Johanna Stefan Jenny Patrik Kerstin Mattias ' +
  'Monica Magnus Annika Nils Susanne Jonas Cecilia Henrik Camilla Niklas Ulla Martin Hanna Björn Amanda Sven Gunilla Bo Ida Rolf ' +
  'Elin Simon Julia Leif Jessica Emil Therese Göran Åsa Olof Agneta Joakim Carina Alexander Pia Viktor Charlotta Roger Louise Robert ' +
  'Amir Fatima Ali Samira Hassan Leila Omar Zahra Milan Jasmina Goran Aleksandra Juha Päivi Mikko Aino Tomasz Katarzyna Yusuf Maryam ' +
  'Agnes Axel Astrid Oskar Ebba Gustav Moa Ludvig Saga Albin Tove Hugo Vera Filip Signe Anton Klara Sixten Ellen Arvid'
).split(' ');

const lastNames = (
  'Ek Berg Lind Holm Sjöberg Nyström Sandberg Bergström Forsberg Lindqvist Engström Eklund Lundin Fransson Holmberg Gunnarsson ' +
  'Nyberg Björk Wallin Hedlund Danielsson Söderberg Sundberg Mattsson Åberg Viklund Strand Norberg Östlund Blomqvist Ström Lundmark ' +
  'Falk Öberg Hermansson Abrahamsson Sköld Nordin Martinsson Åkesson Dahlberg Isaksson Sundström Eliasson Ekström Hellström Hallberg ' +
  'Nordström Bäckström Lundqvist Håkansson Samuelsson Sjögren Åström Nyman Löfgren Berglund Holmgren Hedberg Lindholm Dahl Lindberg ' +
  'Svensson Gustafsson Pettersson Jonsson Jansson Hansson Bengtsson Jönsson Petersson Olofsson Magnusson Axelsson Arvidsson Nilsson ' +
  'Berggren Bergman Edlund Ekman Engman Fors Friberg Granberg Grahn Hagström Hallgren Hedström Höglund Kjellberg Kvist Lagerqvist ' +
  'Lindell Lindgren Ljung Ljungberg Lundgren Malm Moberg Molin Norén Nordgren Palm Ramberg Rosén Rydberg Sandström Skog Stenberg ' +
  'Strömberg Sundqvist Svärd Thorén Törnqvist Wahlström Wallgren Wester Wiklund Winberg Åhlund Ödman Haddad Khalil Hosseini Ahmed ' +
  'Rahimi Kovačević Petrović Nowak Kowalska Virtanen Korhonen Mäkinen Nieminen Yılmaz Demir Nguyen Larsen Hansen Dahlin Ahlström'
).split(' ');

/**
 * The first `count` invented people, the same in every run. `isTaken` keeps real presenters' names out. Addresses are at
 * example.org, which belongs to nobody, and no address comes twice; names do when all combinations are used.
 */
export function inventedPeople(
  count: number,
  isTaken: (name: string) => boolean,
): { name: string; mail: string }[] {
  const people: { name: string; mail: string }[] = [];
  const addresses = new Map<string, number>();
  for (let i = 0; people.length < count; i++) {
    const name = inventedName(i);
    if (isTaken(name)) continue;
    const address = asciiOf(name);
    const used = addresses.get(address) ?? 0;
    addresses.set(address, used + 1);
    people.push({ name, mail: `${address}${used === 0 ? '' : used + 1}@example.org` });
  }
  return people;
}

function asciiOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('ı', 'i')
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/gu, '')
    .replaceAll(' ', '.');
}

function inventedName(i: number): string {
  const combinations = firstNames.length * lastNames.length;
  // A prime step that shares no factor with the number of combinations visits each of them before one comes again.
  const place = (i * 7919) % combinations;
  return `${firstNames[place % firstNames.length]!} ${lastNames[Math.floor(place / firstNames.length)]!}`;
}
