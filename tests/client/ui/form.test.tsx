// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { Form } from '../../../client/ui/form.tsx';
import { NumberField } from '../../../client/ui/number-field.tsx';

afterEach(cleanup);

function sizeForm() {
  const onSubmit = vi.fn();
  const onChange = vi.fn();
  render(
    <Form onSubmit={onSubmit} problems={null} problemTitle="" actions={<button type="submit">Spara</button>}>
      <NumberField label="Högst antal" value={null} onChange={onChange} />
    </Form>,
  );
  const type = (value: string): void => {
    fireEvent.change(screen.getByLabelText('Högst antal'), { target: { value } });
    fireEvent.click(screen.getByRole('button', { name: 'Spara' }));
  };
  return { type, onSubmit, onChange };
}

test.each(['12,5', '-3', 'tolv'])(
  'a form is not sent while %j stands where a whole number belongs',
  (text) => {
    const { type, onSubmit } = sizeForm();
    type(text);
    screen.getByText('Skriv ett helt tal med siffror, 0 eller mer.');
    expect(onSubmit).not.toHaveBeenCalled();
  },
);

test.each([
  ['12', 12],
  [' 1 200 ', 1200],
])('a form with %j is sent, as the number it is', (text, number) => {
  const { type, onSubmit, onChange } = sizeForm();
  type(text);
  expect(onChange).toHaveBeenLastCalledWith(number);
  expect(onSubmit).toHaveBeenCalledOnce();
});

test('an empty field is sent as empty', () => {
  const { type, onSubmit, onChange } = sizeForm();
  type('3');
  type('');
  expect(onChange).toHaveBeenLastCalledWith(null);
  expect(onSubmit).toHaveBeenCalledTimes(2);
});
