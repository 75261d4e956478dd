// The charts of extensions as this hub knows them: their version, and what their values may be.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ExtensionName, type ExtensionValues, extensionKinds, extensionNames } from '@yagura/contracts';
import Schema from 'typebox/schema';

export interface KnownChart {
  readonly chart: string;
  readonly version: string;
  /** One line for each value that does not fit the chart's schema. */
  problems(values: ExtensionValues): readonly string[];
}

export type KnownCharts = Readonly<Record<ExtensionName, KnownChart>>;

/** From a folder with one folder for each chart. Throws where one is missing or broken. */
export async function readCharts(folder: string): Promise<KnownCharts> {
  const charts = extensionNames.map(async (name) => [name, await readChart(folder, name)] as const);
  return Object.fromEntries(await Promise.all(charts)) as Record<ExtensionName, KnownChart>;
}

async function readChart(folder: string, name: ExtensionName): Promise<KnownChart> {
  const { chart } = extensionKinds[name];
  const text = await readFile(join(folder, chart, 'Chart.yaml'), 'utf8');
  const version = /^version: (\S+)$/m.exec(text)?.[1];
  if (version === undefined) throw new Error(`${chart}/Chart.yaml names no version`);
  const whole = JSON.parse(await readFile(join(folder, chart, 'values.schema.json'), 'utf8')) as object;
  // What is required has a default in the chart, or is the agent's to fill in.
  const validator = Schema.Compile({ ...whole, required: [] });
  return {
    chart,
    version,
    problems(values) {
      const [isRight, errors] = validator.Errors(values);
      return isRight ? [] : errors.flatMap(toProblem);
    },
  };
}

interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly message: string;
}

const maxText = 200;

function toProblem({ keyword, instancePath, message }: SchemaError): readonly string[] {
  // Said once more where the object that holds it is looked at.
  if (keyword === 'additionalProperties') return [];
  const path = instancePath.slice(1).replaceAll('/', '.').slice(0, maxText);
  const what = keyword === 'boolean' ? 'the chart has no such value' : message.slice(0, maxText);
  return [`${path || 'values'}: ${what}`];
}
