import type { RelabelStep, TargetLabels } from '../../api/targets';

export interface ToldStep {
  readonly number: number;
  readonly state: 'done' | 'dropped' | 'notReached';
  /** Its action and what it acts on: `keep __meta_…_scrape`. */
  readonly action: string;
  readonly subject: string;
  /** What it did, in words. */
  readonly effect: string;
  /** What was compared, for the step that dropped the target. */
  readonly value?: string;
  readonly regex?: string;
}

const shownNames = 4;

/** What each relabelling step did, as words; after the one that drops the target none is reached. */
export function tellSteps(discovered: TargetLabels, steps: readonly RelabelStep[]): readonly ToldStep[] {
  let before = discovered;
  let isDropped = false;
  return steps.map((step, index): ToldStep => {
    const action = step.rule.action ?? 'replace';
    const told = { number: index + 1, action, subject: subjectOf(step) };
    if (isDropped) {
      return { ...told, state: 'notReached', effect: 'not reached' };
    }

    if (!step.keep) {
      isDropped = true;
      return { ...told, state: 'dropped', effect: 'drops it', value: sourceValue(before, step), regex: step.rule.regex ?? '' };
    }

    const effect = effectOf(action, before, step.output);
    before = step.output;
    return { ...told, state: 'done', effect };
  });
}

/** The sentence over the steps of a target that one of them dropped; undefined when none did. */
export function dropSentence(steps: readonly ToldStep[]): { readonly step: number; readonly text: string } | undefined {
  const dropped = steps.find(({ state }) => state === 'dropped');
  if (dropped === undefined) {
    return undefined;
  }

  const value = dropped.value === '' ? `${dropped.subject} is not set` : `${dropped.subject} is "${dropped.value ?? ''}"`;
  switch (dropped.action) {
    case 'drop':
      return { step: dropped.number, text: `${value}, and the step drops what matches ${dropped.regex ?? ''}.` };
    case 'dropequal':
      return { step: dropped.number, text: `${value}, and the step drops what is equal to its target label.` };
    case 'keepequal':
      return { step: dropped.number, text: `${value}, and the step keeps only what is equal to its target label.` };
    default:
      return { step: dropped.number, text: `${value}, and the step keeps only ${dropped.regex ?? ''}.` };
  }
}

function subjectOf({ rule }: RelabelStep): string {
  const sources = (rule.source_labels ?? []).join(', ');
  switch (rule.action ?? 'replace') {
    case 'labelmap':
    case 'labeldrop':
    case 'labelkeep':
      return rule.regex ?? '';
    case 'keep':
    case 'drop':
      return sources;
    default:
      return sources === '' || sources === rule.target_label ? (rule.target_label ?? '') : `${sources} → ${rule.target_label ?? ''}`;
  }
}

function sourceValue(labels: TargetLabels, { rule }: RelabelStep): string {
  return (rule.source_labels ?? []).map((name) => labels[name] ?? '').join(rule.separator ?? ';');
}

function effectOf(action: string, before: TargetLabels, after: TargetLabels): string {
  const added = Object.keys(after).filter((name) => before[name] === undefined);
  const changed = Object.keys(after).filter((name) => before[name] !== undefined && before[name] !== after[name]);
  const removed = Object.keys(before).filter((name) => after[name] === undefined);
  const parts = [
    ...(added.length === 1 ? [`adds ${added[0] ?? ''}="${after[added[0] ?? ''] ?? ''}"`] : added.length > 1 ? [`adds ${listed(added)}`] : []),
    ...(changed.length === 1 ? [`sets ${changed[0] ?? ''}="${after[changed[0] ?? ''] ?? ''}"`] : changed.length > 1 ? [`sets ${listed(changed)}`] : []),
    ...(removed.length > 0 ? [`removes ${listed(removed)}`] : []),
  ];
  if (parts.length > 0) {
    return parts.join(', ');
  }

  return action === 'keep' || action === 'drop' || action === 'keepequal' || action === 'dropequal' ? 'keeps it' : 'changes nothing';
}

function listed(names: readonly string[]): string {
  return names.length <= shownNames ? names.join(', ') : `${names.slice(0, shownNames).join(', ')} and ${names.length - shownNames} more`;
}
