import { each, fromZero, type Meters } from '../../platform/telemetry/metrics.js';
import { ENDS } from './deciding/follower.js';

export const liveMetrics = (meters: Meters) => ({
  streams: meters.gauge('loopgpt_live_streams', 'open streams and sockets of this process', []),
  readings: meters.counter('loopgpt_live_readings_total', 'statements that read events for all streams', []),
  ended: fromZero(
    meters.counter('loopgpt_live_ended_total', 'followed subjects that ended, by why', ['why']),
    each('why', ['left', ...ENDS]),
  ),
});
