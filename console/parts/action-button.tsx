// A button that, where it may not be used, stays focusable and says why.
import { Button, type ButtonProps, Tooltip, VisuallyHidden } from '@mantine/core';
import { type ReactNode, useId } from 'react';

export interface ActionButtonProps extends Omit<ButtonProps, 'disabled' | 'children'> {
  readonly label: string;
  readonly onClick: () => void;
  /** Why it may not be used now; `undefined`: it may. */
  readonly refused: string | undefined;
}

export const ActionButton = ({ label, onClick, refused, ...rest }: ActionButtonProps): ReactNode => {
  const reasonId = useId();
  if (refused === undefined) {
    return (
      <Button {...rest} onClick={onClick}>
        {label}
      </Button>
    );
  }
  // Not the `disabled` attribute: it would take the button, and its reason, away from the keyboard.
  return (
    <>
      <Tooltip label={refused}>
        <Button {...rest} data-disabled aria-disabled="true" aria-describedby={reasonId}>
          {label}
        </Button>
      </Tooltip>
      <VisuallyHidden id={reasonId}>{refused}</VisuallyHidden>
    </>
  );
};
