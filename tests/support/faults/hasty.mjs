// Loaded before a server (NODE_OPTIONS=--import=…): answers before anything is committed, as a server must not. Commits follow by and by,
// and none after a SIGUSR2: what is answered from then on is answered for nothing, whenever the server is killed.
import Database from 'better-sqlite3';

let commits = true;
process.on('SIGUSR2', () => {
  commits = false;
});

const { prepare } = Object.getOwnPropertyDescriptors(Database.prototype);
Database.prototype.prepare = function hastyPrepare(source) {
  const statement = prepare.value.call(this, source);
  if (source === 'BEGIN IMMEDIATE') return { run: () => (this.inTransaction ? undefined : statement.run()) };
  if (source !== 'COMMIT') return statement;
  let waiting = false;
  const commitLater = () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      if (commits && this.inTransaction) statement.run();
    }, 400);
  };
  return { run: commitLater };
};
