import * as extras from './extras';
import { leaveInSlot } from './load-sibling';

leaveInSlot('extras', extras);
