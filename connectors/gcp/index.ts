// What other rooms may use of the Google Cloud connector.
export { gkeLog } from './gke-log.ts';
