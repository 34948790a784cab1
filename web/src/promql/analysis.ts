/** What a page asks of a query's tree. By itself: the parser comes with the editor, not with the page. */
export { explainError, type ErrorExplanation, type QueryFix } from './explainError';
export { withLabel, withMatching, withMetric, withValue, withWindow } from './queryEdits';
export { queryUnit } from './queryUnit';
export { isSelector, metricsOf } from './selectors';
