import { screen } from '@testing-library/react';
import { keyText, useKey } from '../state/keys';
import { keyTable } from '../state/keyTable';
import { draw } from '../testing/render';
import { KeyList } from './KeyList';

function HandlesLive() {
  useKey('live', () => undefined);
  return null;
}

it('the list of keys has what can be pressed now and nothing else', async () => {
  draw(
    <>
      <HandlesLive />
      <KeyList opened onClose={() => undefined} />
    </>,
  );
  expect(await screen.findByText(keyText('live'))).toBeInTheDocument();
  expect(screen.queryByText(keyTable.silence.text)).not.toBeInTheDocument();
});
