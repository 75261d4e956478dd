// Where lines go: to the publisher's socket, or into a file to be replayed later.

export interface Output extends AsyncDisposable {
  /** One JSON object without line feeds; never waits. What finds no room is dropped and counted. */
  send(line: string, kind: string): void;
  /** Reports go to the publisher, not into a recording: a recording holds events alone. */
  sendReport(line: string): void;
}
