-- Load for the collector, run by wrk: every request is a batch of new events.
--
--   wrk ... -s collect.lua URL -- EVENTS_PER_REQUEST RUN
--
-- Ids are uuids of version 7 with the run and a counter in their tail, so none is sent twice.

-- A person's browser, so that the events weigh, and as many visitors as a busy minute has.
local AGENT = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
local VISITORS = 2000
local MS_PER_HALF_WORD = 65536

local origin, per_request, run, counter
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("thread_number", threads)
end

function init(args)
  origin = "http://" .. wrk.host .. ":" .. wrk.port
  per_request = tonumber(args[1]) or 1
  run = tonumber(args[2]) or 0
  counter = thread_number * 67108864
  math.randomseed(run + thread_number)
end

local function uuid_v7(ms)
  counter = counter + 1
  return string.format(
    "%08x-%04x-7%03x-%04x-%05x%07x",
    math.floor(ms / MS_PER_HALF_WORD), ms % MS_PER_HALF_WORD,
    math.random(0, 0xfff), 0x8000 + math.random(0, 0x3fff),
    run, counter
  )
end

-- A visit begins with a page that a search engine led to; nine more are reached from the site itself.
local function referrer()
  if math.random(10) == 1 then
    return "https://www.baidu.com/link?url=x"
  end
  return origin .. "/demo/"
end

local function event(ms)
  return string.format(
    '{"id":"%s","at":%.0f,"kind":"page_view","url":"%s/demo/pricing","referrer":"%s","title":"Pricing"}',
    uuid_v7(ms), ms, origin, referrer()
  )
end

function request()
  -- The clock gives whole seconds; the spread keeps events of one second apart, never in the future.
  local ms = os.time() * 1000 - counter % 1000
  local events = {}
  for at = 1, per_request do
    events[at] = event(ms)
  end
  local body = string.format(
    '{"v":1,"site":"main.demo","visitor":"00000000-0000-4000-8000-%012x","sent":%.0f,"events":[%s]}',
    math.floor(counter / per_request) % VISITORS, ms, table.concat(events, ",")
  )
  return string.format(
    "POST /e HTTP/1.1\r\nHost: %s:%s\r\nOrigin: %s\r\nUser-Agent: %s\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s",
    wrk.host, wrk.port, origin, AGENT, #body, body
  )
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'REPORT {"requests":%d,"refused":%d,"broken":%d,"duration_us":%d,"p50_us":%d,"p99_us":%d}\n',
    summary.requests, errors.status, errors.connect + errors.read + errors.write + errors.timeout,
    summary.duration, latency:percentile(50), latency:percentile(99)
  ))
end
