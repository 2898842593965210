/** Goes to the first field of a form that is said to be wrong, which may be far above the button that was pressed. */
export function showFault(form: HTMLElement): void {
  const field = form.querySelector<HTMLElement>('[aria-invalid]');
  const folded = field?.closest('details');
  if (folded) folded.open = true;
  field?.focus();
}
