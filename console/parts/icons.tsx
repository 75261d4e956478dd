// The few pictures of the console; each is decoration beside words or inside a labelled button.
import type { ReactNode } from 'react';

const Icon = ({ path }: { readonly path: string }): ReactNode => (
  <svg
    viewBox="0 0 16 16"
    width="16"
    height="16"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.5"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
  >
    <path d={path} />
  </svg>
);

export const MoonIcon = (): ReactNode => <Icon path="M13.5 9.5A5.8 5.8 0 0 1 6.5 2.5a5.8 5.8 0 1 0 7 7z" />;
export const SunIcon = (): ReactNode => (
  <Icon path="M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6M8 1v1.3M8 13.7V15M1 8h1.3M13.7 8H15M3.1 3.1l.9.9M12 12l.9.9M3.1 12.9 4 12M12 4l.9-.9" />
);
export const ChevronIcon = (): ReactNode => <Icon path="m6 3.5 4.5 4.5L6 12.5" />;
