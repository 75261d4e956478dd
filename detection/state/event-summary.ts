// One event in a line, for evidence that tells of several events.
import type { Event } from '@yagura/contracts';
import { at, text } from '../fields/outside-value.ts';

const limit = 300;

const told = (event: Event): string => {
  if (event.kind !== 'api.requested') {
    const { args, executable, pid } = event.process;
    return `${args.length > 0 ? args.join(' ') : executable.path} (pid ${pid})`;
  }
  const { request } = event;
  const part = (key: string): string | undefined => text(at(request, 'objectRef', key));
  const object = [part('resource'), part('subresource'), part('namespace'), part('name')]
    .filter((word) => word !== undefined)
    .join('/');
  const code = at(request, 'responseStatus', 'code');
  return `${request.verb} ${object}${typeof code === 'number' ? ` → ${code}` : ''}`;
};

export const summaryOf = (event: Event): string => told(event).slice(0, limit);
