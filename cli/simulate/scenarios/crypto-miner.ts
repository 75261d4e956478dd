// A copy of `true` with a miner's name and arguments.
import type { Scenario } from '../scenario.ts';

export const cryptoMiner: Scenario = {
  id: 'crypto-miner',
  title: 'A program named like a miner, with a miner’s arguments',
  expects: ['crypto-miner'],
  copies: { '/opt/xmrig': '/bin/true' },
  command: () => [
    '/opt/xmrig',
    '-o',
    'stratum+tcp://127.0.0.1:3333',
    '--donate-level',
    '1',
    '-u',
    'simulated',
  ],
};
