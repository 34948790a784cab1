import { rankMatches } from './rankMatches';

const item = (text: string, uses = 0): { text: string; uses: number } => ({ text, uses });
const texts = (items: readonly { text: string }[]): readonly string[] => items.map((one) => one.text);

it('puts beginnings before words before parts before scattered letters', () => {
  const found = rankMatches([item('xloadx'), item('l-o-a-d'), item('load average'), item('node load'), item('other')], 'load', 10);
  expect(texts(found)).toEqual(['load average', 'node load', 'xloadx', 'l-o-a-d']);
});

it('wants every word', () => {
  expect(texts(rankMatches([item('node memory total'), item('node load'), item('memory')], 'memory node', 10))).toEqual(['node memory total']);
});

it('prefers what is used, within reason', () => {
  expect(texts(rankMatches([item('alerts'), item('alert rules', 20)], 'alert', 10))).toEqual(['alert rules', 'alerts']);
  expect(texts(rankMatches([item('alerts'), item('a long text', 1000)], 'alert', 10))).toEqual(['alerts']);
});

it('without a text gives everything, the most used first', () => {
  expect(texts(rankMatches([item('a'), item('b', 3), item('c')], '', 2))).toEqual(['b', 'a']);
});
