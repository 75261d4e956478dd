// Run in the network of a pod: says which of the addresses in its arguments (`tcp|udp:ADDRESS:PORT`) answer.
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';

const patienceMs = 4000;

const tcp = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: patienceMs });
    const end = (isReached: boolean): void => {
      socket.destroy();
      resolve(isReached);
    };
    socket.on('connect', () => end(true));
    socket.on('error', () => end(false));
    socket.on('timeout', () => end(false));
  });

/** Whoever listens there has to answer. */
const udp = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = createSocket('udp4');
    const end = (isReached: boolean): void => {
      clearTimeout(patience);
      socket.close();
      resolve(isReached);
    };
    const patience = setTimeout(() => end(false), patienceMs);
    socket.on('message', () => end(true));
    socket.on('error', () => end(false));
    socket.connect(port, host, () => socket.send('anybody there?'));
  });

const reached = await Promise.all(
  process.argv.slice(2).map((target) => {
    const [protocol, host = '', port] = target.split(':');
    return (protocol === 'udp' ? udp : tcp)(host, Number(port));
  }),
);
process.stdout.write(JSON.stringify(reached));
