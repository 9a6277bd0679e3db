/** A reason not to start, told to the operator in one sentence. `exitCode` 3 means: another server has this data folder. */
export class StartRefused extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode = 1) {
    super(message);
    this.name = 'StartRefused';
    this.exitCode = exitCode;
  }
}
