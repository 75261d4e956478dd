// What tests of any room need.
export { createRandom, type Random } from './random.ts';
