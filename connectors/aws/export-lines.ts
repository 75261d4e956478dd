// Makes JSON of the lines of a CloudWatch export: each begins with a time, and `aws logs tail` adds the stream's name.

/** An event of CloudWatch Logs has at most 1 MiB: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const maxLineBytes = 1024 * 1024 + 1024;
const newline = 0x0a;
/** CloudWatch counts milliseconds; a container's log, which `kubectl logs --timestamps` prints, has nine digits. */
const time = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3}(?:\d{3})?)?(?:Z|[+-]\d\d:\d\d)?`;
const begin = new RegExp(`^(${time}) (?:(\\S{1,512}) )?(?=\\{)`);
const beginBytes = 640;

/** A file of another kind is handed on untouched; only its first bytes are looked at. */
export async function* exportToJson(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head = Buffer.alloc(0);
  let isExport: boolean | undefined;
  const lines = new ExportLines();
  for await (const chunk of chunks) {
    if (isExport === undefined) {
      head = Buffer.concat([head, chunk]);
      if (head.length < beginBytes && !head.includes(newline)) continue;
      isExport = begin.test(head.toString('latin1', 0, beginBytes));
      yield isExport ? lines.push(head) : head;
    } else yield isExport ? lines.push(chunk) : chunk;
  }
  if (isExport === undefined) {
    isExport = begin.test(head.toString('latin1', 0, beginBytes));
    yield isExport ? lines.push(head) : head;
  }
  if (isExport) yield lines.end();
}

class ExportLines {
  #carry = Buffer.alloc(0);
  #isTooLong = false;

  push(chunk: Uint8Array): Buffer {
    const bytes = Buffer.concat([this.#carry, chunk]);
    const made: string[] = [];
    let start = 0;
    for (let end = bytes.indexOf(newline); end !== -1; end = bytes.indexOf(newline, start)) {
      if (!this.#isTooLong) made.push(toEvent(bytes.toString('utf8', start, end)));
      this.#isTooLong = false;
      start = end + 1;
    }
    this.#carry = bytes.subarray(start);
    if (this.#carry.length > maxLineBytes) {
      // What it begins with is kept, as of any record that was cut.
      if (!this.#isTooLong) made.push(toEvent(this.#carry.toString('utf8', 0, maxLineBytes)));
      this.#isTooLong = true;
      this.#carry = Buffer.alloc(0);
    }
    return Buffer.from(made.join(''));
  }

  end(): Buffer {
    const rest = this.#isTooLong ? '' : this.#carry.toString('utf8');
    return Buffer.from(rest === '' ? '' : toEvent(rest));
  }
}

/** In the shape in which `aws logs get-log-events` has it. */
function toEvent(line: string): string {
  if (line.trim() === '') return '';
  const found = begin.exec(line);
  const logStreamName = found?.[2];
  const message = found === null ? line : line.slice(found[0].length);
  return `${JSON.stringify({ timestamp: found?.[1] ?? null, logStreamName, message })}\n`;
}
