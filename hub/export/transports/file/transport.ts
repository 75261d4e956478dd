// Appends messages to a file below the data folder, one a line; old files are kept up to a bound.
import { mkdir, open, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  DeliveryError,
  type OutgoingMessage,
  refuseFields,
  type Sender,
  type Transport,
} from '../../transport.ts';

/** With its predecessors a destination takes at most four times this. */
const maxBytes = 64 * 1024 * 1024;
const predecessors = 3;

export const file: Transport = {
  type: 'file',
  formats: ['ocsf', 'json', 'cef'],
  batchSize: 100,
  read(wish) {
    refuseFields(wish, ['url', 'host', 'port', 'protocol', 'signingKey', 'authorization', 'ca']);
    // The name is letters, digits and dashes: nobody chooses a path through the API.
    return { target: `exports/${wish.name}.ndjson`, settings: {}, secrets: {} };
  },
  open: ({ folder, name }) => openFile(folder, join(folder, `${name}.ndjson`)),
};

const openFile = (folder: string, path: string): Sender => ({
  async send(messages) {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await rotate(path);
      await append(path, messages);
    } catch (error) {
      throw new DeliveryError(`the file cannot be written: ${(error as NodeJS.ErrnoException).code}`, {
        cause: error,
      });
    }
  },
});

async function append(path: string, messages: readonly OutgoingMessage[]): Promise<void> {
  await using handle = await open(path, 'a', 0o600);
  await handle.writeFile(messages.map(({ text }) => `${text}\n`).join(''));
  await handle.datasync();
}

async function rotate(path: string): Promise<void> {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size < maxBytes) return;
  for (let number = predecessors; number >= 1; number -= 1) {
    const from = number === 1 ? path : `${path}.${number - 1}`;
    await rename(from, `${path}.${number}`).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }
}
