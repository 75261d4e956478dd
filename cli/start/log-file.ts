// The log of one program: appended to, bounded, with one older file kept beside it.
import { type FileHandle, mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

const logLimitBytes = 8 * 1024 * 1024;

export class LogFile implements AsyncDisposable {
  readonly path: string;
  readonly #limitBytes: number;
  #file: FileHandle;
  #sizeBytes: number;
  /** Writes one behind the other: two at once could rotate twice. */
  #turn: Promise<void> = Promise.resolve();

  private constructor(path: string, file: FileHandle, sizes: { sizeBytes: number; limitBytes: number }) {
    this.path = path;
    this.#file = file;
    this.#sizeBytes = sizes.sizeBytes;
    this.#limitBytes = sizes.limitBytes;
  }

  static async open(path: string, limitBytes = logLimitBytes): Promise<LogFile> {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const file = await open(path, 'a', 0o600);
    const { size } = await file.stat();
    return new LogFile(path, file, { sizeBytes: size, limitBytes });
  }

  write(chunk: Uint8Array): Promise<void> {
    this.#turn = this.#turn.then(() => this.#append(chunk));
    return this.#turn;
  }

  async #append(chunk: Uint8Array): Promise<void> {
    try {
      if (this.#sizeBytes > 0 && this.#sizeBytes + chunk.length > this.#limitBytes) await this.#rotate();
      await this.#file.write(chunk);
      this.#sizeBytes += chunk.length;
    } catch {
      // A full disk must not end the program whose log this is.
    }
  }

  async #rotate(): Promise<void> {
    await rename(this.path, `${this.path}.1`);
    const next = await open(this.path, 'a', 0o600);
    await this.#file.close();
    this.#file = next;
    this.#sizeBytes = 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#turn;
    await this.#file.close();
  }
}
