// The one list of images.
import type { Image } from './image.ts';
import { collector } from './programs/collector.ts';
import { connect } from './programs/connect.ts';
import { hub } from './programs/hub.ts';
import { inventory } from './programs/inventory.ts';
import { publisher } from './programs/publisher.ts';

export const images: readonly Image[] = [collector, publisher, inventory, connect, hub];
