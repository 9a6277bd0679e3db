export function renderProgramme(): string {
  return '';
}
