-- People who vote on the bare site of `benchmarks/bare`, thirty times each: one request is one vote. The argument is
-- a word of its own for each run, so that nobody votes in two.
local CHOICES = { "agree", "disagree", "pass" }
local threads = {}
function setup(thread)
  threads[#threads + 1] = thread
  thread:set("number", #threads)
end

local run, people, answered = "", 1, 0
function init(args)
  run = args[1]
end

function request()
  if answered == 30 then people, answered = people + 1, 0 end
  answered = answered + 1
  local body = string.format("person=%s-%d-%d&statement=%d&answer=%s", run, number, people, answered, CHOICES[answered % 3 + 1])
  return wrk.format("POST", "/vote", { ["Content-Type"] = "application/x-www-form-urlencoded" }, body)
end

function done(summary, latency)
  local refused = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write
  io.write(string.format("%d %d %d\n", summary.requests, summary.duration, refused + summary.errors.timeout))
end
