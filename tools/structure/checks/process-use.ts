// Only a main.ts touches process, environment, signals and clock; everything else is given what it needs.
import { type House, isCode, isTest, roomOf } from '../../house/house.ts';
import type { Check } from '../check.ts';

/** Programs that are run by hand or by a build, and tests, are their own main. */
const standsOutside = (file: string): boolean =>
  isTest(file) ||
  /(^|\/)(main|build)\.tsx?$/.test(file) ||
  /(^|\/)testing(\/|\.ts$)/.test(file) ||
  ['tools', 'e2e', 'bench', 'console'].includes(roomOf(file));

/** Each with the reason why it is the frame of a main.ts and not a unit. */
const exceptions: ReadonlyMap<string, string> = new Map([
  ['kit/clock/clock.ts', 'is the clock that main.ts hands on'],
  ['kit/run/run-main.ts', 'is what every main.ts consists of'],
  ['hub/postgres/orphan.ts', 'ends the database that a killed hub left running'],
  ['sensor/collector/facts/cri-client.ts', 'a gRPC deadline is a point of the wall clock'],
]);

const process =
  /from 'node:process'|(?<![\w.'"`])process\.(env|argv|exit|exitCode|on|once|kill|cwd|chdir|stdin|stdout|stderr|send)\b/;
const clock = /\bDate\.now\(\)|\bnew Date\(\)/;

const problemsOf = (house: House, file: string): readonly string[] =>
  house
    .text(file)
    .split('\n')
    .flatMap((line, index) => {
      const word = process.exec(line)?.[0] ?? clock.exec(line)?.[0];
      return word === undefined || line.trimStart().startsWith('//')
        ? []
        : [`${file}:${index + 1}: uses ${word}`];
    });

export const processUse: Check = {
  rule: 'only a main.ts touches process, environment, signals and clock',
  problems: (house) =>
    house.files
      .filter((file) => isCode(file) && !standsOutside(file) && !exceptions.has(file))
      .flatMap((file) => problemsOf(house, file)),
};

export const liveExceptions: Check = {
  rule: 'every exception for process and clock is still needed',
  problems: (house) =>
    [...exceptions.keys()]
      .filter((file) => !house.files.includes(file) || problemsOf(house, file).length === 0)
      .map((file) => `${file} needs no exception`),
};
