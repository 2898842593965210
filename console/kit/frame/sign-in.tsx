import { useSignal } from '@preact/signals';
import { LoopGPTError } from '../../../sdk/client.js';
import { Button, TextField } from '../parts/controls.js';
import { Mark } from '../parts/icons.js';
import { t } from '../language/kit-words.js';
import { refusalIn } from '../client/refusals.js';
import { signIn } from '../client/session.js';

/** Instead of a page for who is not signed in; the address stays, so that one goes on where one wanted to be. */
export function SignIn({ ended }: { ended: boolean }) {
  const key = useSignal('');
  const fault = useSignal<string | null>(null);
  const busy = useSignal(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    busy.value = true;
    fault.value = null;
    try {
      await signIn(key.value);
    } catch (error) {
      fault.value = error instanceof LoopGPTError ? refusalIn(error).said : t().unreached;
    }
    key.value = '';
    busy.value = false;
  };
  return (
    <form class="card sign-in" onSubmit={(event) => void submit(event)}>
      <Mark />
      <h1>{t().signIn}</h1>
      <p class="lead">{ended ? t().ended : t().signInLead}</p>
      <TextField
        label={t().key}
        hint={t().keyHint}
        error={fault.value}
        type="password"
        autocomplete="off"
        required
        value={key.value}
        onInput={(value) => (key.value = value)}
      />
      <Button type="submit" look="main" icon="key" busy={busy.value}>
        {t().signIn}
      </Button>
    </form>
  );
}
