// Switches between the light and the dark theme; until it is used, the system's choice holds.
import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import type { ReactNode } from 'react';
import { IconButton } from '../parts/icon-button.tsx';
import { MoonIcon, SunIcon } from '../parts/icons.tsx';

export const ThemeSwitch = (): ReactNode => {
  const { setColorScheme } = useMantineColorScheme();
  const current = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const other = current === 'light' ? 'dark' : 'light';
  return (
    <IconButton label={`Use the ${other} theme`} onClick={() => setColorScheme(other)}>
      {other === 'dark' ? <MoonIcon /> : <SunIcon />}
    </IconButton>
  );
};
