import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useActing } from '../../kit/client/acting.js';
import { Button, TextField } from '../../kit/parts/controls.js';
import { Failed } from '../../kit/parts/states.js';
import { Dialog } from '../../kit/parts/surfaces.js';
import { t } from './words.js';

const SHORTEST = 3;

interface WhyProps {
  title: string;
  open: boolean;
  onClose: () => void;
  /** Does it, with the reason; a rejection is shown, and nothing is closed. */
  act: (why: string) => Promise<unknown>;
  does: string;
  /** Whether what is asked beside the reason is complete. */
  ready?: boolean;
  children?: ComponentChildren;
}

/** Nothing is changed without a reason, which stays on record. */
export function Why({ title, open, onClose, act: work, does, ready = true, children }: WhyProps) {
  const why = useSignal('');
  const { busy, error, act } = useActing();
  const submit = (event: Event) => {
    event.preventDefault();
    void act(() => work(why.value.trim())).then((isDone) => {
      if (!isDone) return;
      why.value = '';
      onClose();
    });
  };
  return (
    <Dialog title={title} open={open} onClose={onClose}>
      <form class="stack" onSubmit={submit}>
        {children}
        <TextField
          label={t().why}
          hint={t().whyHint}
          required
          maxLength={500}
          value={why.value}
          onInput={(value) => (why.value = value)}
        />
        <div class="row">
          <Button type="submit" look="main" busy={busy.value} disabled={!ready || why.value.trim().length < SHORTEST}>
            {does}
          </Button>
          <Button onClick={onClose}>{t().leave}</Button>
        </div>
        {error.value && <Failed error={error.value} />}
      </form>
    </Dialog>
  );
}
