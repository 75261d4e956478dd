// A button that opens a dialog and, where it may not be used, says why. What is in the dialog begins anew each time.
import { Modal, type ModalProps } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { ActionButton, type ActionButtonProps } from './action-button.tsx';

interface DialogButtonProps extends Omit<ActionButtonProps, 'onClick'> {
  /** Of the dialog. */
  readonly title: string;
  readonly dialogSize?: ModalProps['size'];
  readonly startsOpen?: boolean;
  readonly children: (close: () => void) => ReactNode;
}

export const DialogButton = ({
  title,
  dialogSize = 'md',
  startsOpen = false,
  children,
  ...button
}: DialogButtonProps): ReactNode => {
  const [isOpen, setIsOpen] = useState(startsOpen);
  const close = (): void => setIsOpen(false);
  return (
    <>
      <ActionButton variant="default" {...button} onClick={() => setIsOpen(true)} />
      <Modal
        opened={isOpen}
        onClose={close}
        size={dialogSize}
        title={title}
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        {children(close)}
      </Modal>
    </>
  );
};
