import type { Rule } from '../../../api/rules';

export type RuleState = 'firing' | 'pending' | 'inactive' | 'error' | 'unknown' | 'recording';

/** The one word for a rule: an error before everything, since its state is then that of before. */
export function ruleState(rule: Rule): RuleState {
  if (rule.health === 'err') {
    return 'error';
  }

  if (rule.health === 'unknown') {
    return 'unknown';
  }

  return rule.type === 'recording' ? 'recording' : rule.state ?? 'unknown';
}
