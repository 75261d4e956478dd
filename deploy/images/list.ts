// The one list of images.
import type { Image } from './image.ts';
import { collector } from './programs/collector.ts';
import { hub } from './programs/hub.ts';
import { publisher } from './programs/publisher.ts';

export const images: readonly Image[] = [collector, publisher, hub];
