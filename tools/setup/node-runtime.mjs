// Finds the Node that runs Yagura: the one from node_modules, else this one when it is new enough.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

const neededMajor = 26;

export const findNode = (root) => {
  const packaged = join(root, `node_modules/node-${process.platform}-${process.arch}/bin/node`);
  if (existsSync(packaged)) return packaged;
  return Number(process.versions.node.split('.')[0]) >= neededMajor ? process.execPath : undefined;
};

export const nodeIsMissing = `no Node ${neededMajor} for ${process.platform}/${process.arch} in node_modules; install Node ${neededMajor} yourself and run this again with it`;
