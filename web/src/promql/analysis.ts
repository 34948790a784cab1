/** What a page asks of a query's tree. By itself: the parser comes with the editor, not with the page. */
export { explainError, type ErrorExplanation, type QueryFix } from './explainError';
export { queryUnit } from './queryUnit';
export { metricsOf, selectorsOf, type Selector } from './selectors';
