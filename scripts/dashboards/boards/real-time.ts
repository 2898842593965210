import type { Board } from '../panels.js';
import { quantile, rate } from '../queries.js';

export const realTime: Board = {
  uid: 'loopgpt-real-time',
  title: 'LoopGPT: real time',
  from: 'now-1h',
  rows: [
    {
      title: 'Routes',
      panels: [
        {
          title: 'Carts a second',
          shape: 'lines',
          unit: 'reqps',
          lines: [['carts', 'loopgpt:router_requests:rate5m']],
        },
        {
          title: 'How they end',
          shape: 'lines',
          unit: 'reqps',
          lines: [['{{status}} by {{rule}}', rate('loopgpt_router_outcomes_total', 'status, rule')]],
        },
        {
          title: 'Cart to decision',
          shape: 'lines',
          unit: 'ms',
          lines: [
            ['p50', 'loopgpt_router_latency_p50_ms'],
            ['p95', 'loopgpt_router_latency_p95_ms'],
          ],
        },
        {
          title: 'Our part of it',
          shape: 'lines',
          unit: 's',
          about: 'From the slowest answer that counted to the decision',
          lines: [
            ['p50', quantile(0.5, 'loopgpt_router_overhead_seconds')],
            ['p95', quantile(0.95, 'loopgpt_router_overhead_seconds')],
          ],
        },
        { title: 'Without a quote', shape: 'number', unit: 'percentunit', lines: [['', 'loopgpt_router_error_rate']] },
        { title: 'Open', shape: 'number', unit: 'short', lines: [['', 'max(loopgpt_router_open_routes)']] },
        { title: 'Oldest open', shape: 'number', unit: 's', lines: [['', 'max(loopgpt_router_oldest_open_seconds)']] },
        {
          title: 'Answers that are errors of ours',
          shape: 'number',
          unit: 'percentunit',
          lines: [['', 'loopgpt:http_error_ratio:rate5m']],
        },
      ],
    },
    {
      title: 'Work that waits',
      panels: [
        {
          title: 'Oldest job',
          shape: 'lines',
          unit: 's',
          lines: [['{{queue}}', 'max by (queue) (loopgpt_queue_oldest_waiting_seconds)']],
        },
        {
          title: 'Job wait and run, p95',
          shape: 'lines',
          unit: 's',
          lines: [
            ['{{queue}} waits', quantile(0.95, 'loopgpt_job_wait_seconds', 'queue')],
            ['{{queue}} runs', quantile(0.95, 'loopgpt_job_run_seconds', 'queue')],
          ],
        },
        {
          title: 'Behind on the bus',
          shape: 'lines',
          unit: 'short',
          lines: [['{{group}} on {{topic}}', 'max by (group, topic) (loopgpt_bus_lag_records)']],
        },
        {
          title: 'Events that wait',
          shape: 'lines',
          unit: 'short',
          lines: [
            ['for the bus', 'max(loopgpt_outbox_pending)'],
            ['spilled', 'max(loopgpt_spilled_events)'],
            ['dead letters', 'max(loopgpt_dead_letters_waiting)'],
          ],
        },
      ],
    },
    {
      title: 'Processes',
      panels: [
        {
          title: 'Processor',
          shape: 'lines',
          unit: 'percentunit',
          lines: [['{{instance}}', 'rate(process_cpu_seconds_total[5m])']],
        },
        {
          title: 'Heap',
          shape: 'lines',
          unit: 'percentunit',
          lines: [['{{instance}}', 'nodejs_heap_size_used_bytes / loopgpt_heap_limit_bytes']],
        },
        {
          title: 'Requests by route',
          shape: 'lines',
          unit: 'reqps',
          lines: [['{{method}} {{route}}', `topk(10, ${rate('loopgpt_http_requests_total', 'method, route')})`]],
        },
        {
          title: 'Connections to PostgreSQL',
          shape: 'lines',
          unit: 'short',
          lines: [['{{role}} {{state}}', 'sum by (role, state) (loopgpt_sql_connections)']],
        },
        {
          title: 'Releases that run',
          shape: 'table',
          unit: 'short',
          lines: [['', 'count by (version, role) (loopgpt_build_info)']],
        },
      ],
    },
  ],
};
