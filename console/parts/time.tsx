// Times in text: how long ago, or when exactly.
import { type ReactNode, useEffect, useState } from 'react';
import { absoluteTime, relativeTime, zonedTime } from './relative-time.ts';

const tickMs = 5_000;

/** The present, for text that ages while it is on screen. */
export const useNow = (): number => {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
};

interface TimeProps {
  readonly value: string;
}

export const RelativeTime = ({ value }: TimeProps): ReactNode => {
  // A time that came after the last tick is not in the future.
  const nowMs = Math.max(useNow(), Math.min(Date.parse(value), Date.now()) || 0);
  return (
    <time dateTime={value} title={zonedTime(value)}>
      {relativeTime(value, nowMs)}
    </time>
  );
};

export const AbsoluteTime = ({ value }: TimeProps): ReactNode => (
  <time dateTime={value} title={zonedTime(value)}>
    {absoluteTime(value)}
  </time>
);
