// Colours, type and defaults of the components; what they do not cover is in theme.css.
import { Button, createTheme, Popover, Skeleton, Tooltip } from '@mantine/core';

export const theme = createTheme({
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, monospace",
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 6 },
  colors: {
    ink: [
      '#eef2fb',
      '#dbe4f6',
      '#b8c8ec',
      '#92abe2',
      '#7391d9',
      '#5f81d4',
      '#4a6dc6',
      '#3557ad',
      '#2b4893',
      '#1f3772',
    ],
  },
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({ defaultProps: { size: 'xs' } }),
    Popover: Popover.extend({ defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } }),
    Skeleton: Skeleton.extend({ defaultProps: { radius: 4 } }),
    Tooltip: Tooltip.extend({
      defaultProps: {
        multiline: true,
        maw: 320,
        withArrow: true,
        openDelay: 150,
        events: { hover: true, focus: true, touch: true },
      },
    }),
  },
});
