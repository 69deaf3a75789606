-- What a browser does, over and over: read the page, press one of the buttons under the statement, show the next page.
-- For wrk with one connection per thread, so that each thread is one browser with cookies of its own.
--
--   wrk -t32 -c32 -d20 -s votes.lua http://127.0.0.1:8000 -- <path> <answers of each person> <file> <scripts>
--
-- With "scripts" the answer to the press is the next page; without, it sends the browser on to that page.
-- A vote is the press *and* the page that comes after it, in either case. At the end every acknowledged vote is written to <file> as
-- "token statement answer", and every completed one to <file>.took as microseconds, a refused one as "refused status".
-- (Not earlier: wrk has room for few open files beside its connections.)

local ffi = require("ffi")
ffi.cdef [[
  typedef struct { const char *next_in; unsigned avail_in; unsigned long total_in; char *next_out; unsigned avail_out;
    unsigned long total_out; const char *msg; void *state; void *zalloc; void *zfree; void *opaque; int data_type;
    unsigned long adler; unsigned long reserved; } z_stream;
  int inflateInit2_(z_stream *stream, int bits, const char *version, int size);
  int inflate(z_stream *stream, int flush);
  int inflateEnd(z_stream *stream);
  struct timeval { long sec; long usec; };
  int gettimeofday(struct timeval *now, void *zone);
]]
local z = ffi.load("libz.so.1")
local ROOM = 65536
local unpacked, stream, clock = ffi.new("char[?]", ROOM), ffi.new("z_stream"), ffi.new("struct timeval")
local CHOICES = { "agree", "disagree", "pass" }

local threads = {}
function setup(thread)
  threads[#threads + 1] = thread
  thread:set("number", #threads)
end

local function microseconds()
  ffi.C.gettimeofday(clock, nil)
  return tonumber(clock.sec) * 1e6 + tonumber(clock.usec)
end

local function text_of(body, headers)
  if (headers["Content-Encoding"] or headers["content-encoding"]) ~= "gzip" then return body end
  ffi.fill(stream, ffi.sizeof(stream))
  stream.next_in, stream.avail_in, stream.next_out, stream.avail_out = body, #body, unpacked, ROOM
  assert(z.inflateInit2_(stream, 31, "1.2.11", ffi.sizeof(stream)) == 0)
  z.inflate(stream, 4)
  z.inflateEnd(stream)
  return ffi.string(unpacked, tonumber(stream.total_out))
end

acknowledged, took = {}, {}
local path, answers_each, runs_scripts, is_press
local cookies, key, statement, answered, people, choice, began, step, network

local function somebody_new()
  cookies, key, statement, answered, people, step = {}, nil, nil, 0, people + 1, "read"
  -- Everybody has an address of her own, as behind a proxy: forty newcomers a second from one are slowed down.
  network = string.format("10.%d.%d.%d", number, math.floor(people / 250) % 250, people % 250 + 1)
end

function init(args)
  path, answers_each, notes, runs_scripts, people = args[1], tonumber(args[2]), args[3], args[4] == "scripts", 0
  somebody_new()
end

function request()
  -- A request that was never answered (the server was killed): whoever it was reads the page again.
  if step == "waiting" then step = "read" end
  local headers = { ["X-Forwarded-For"] = network, ["Accept-Encoding"] = "gzip, deflate, br",
    ["Accept-Language"] = "en-GB,en;q=0.9", ["Accept"] = "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8",
    ["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0" }
  local crumbs = {}
  for name, value in pairs(cookies) do crumbs[#crumbs + 1] = name .. "=" .. value end
  if #crumbs > 0 then headers["Cookie"] = table.concat(crumbs, "; ") end
  if step == "press" then
    step, is_press, choice, began = "waiting", true, CHOICES[answered % 3 + 1], microseconds()
    headers["Content-Type"], headers["Origin"] = "application/x-www-form-urlencoded", wrk.scheme .. "://" .. wrk.host .. ":" .. wrk.port
    if runs_scripts then headers["X-Next-Page"] = "1" end
    local body = "csrfmiddlewaretoken=" .. key .. "&statement=" .. statement .. "&answer=" .. choice
    return wrk.format("POST", path, headers, body)
  end
  step, is_press = "waiting", false
  return wrk.format("GET", path, headers)
end

function response(status, headers, body)
  for name, value in pairs(headers) do
    if name:lower() == "set-cookie" then
      local cookie, crumb = value:match("^([^=]+)=([^;]*)")
      cookies[cookie] = crumb
    end
  end
  if is_press and (status == 303 or status == 200) then
    answered, step = answered + 1, "read"
    acknowledged[#acknowledged + 1] = cookies["knotwork_browser"] .. " " .. statement .. " " .. choice
  end
  if status == 200 then
    if began then took[#took + 1] = string.format("%d", microseconds() - began) end
    began = nil
    local page = text_of(body, headers)
    key, statement = page:match('name="csrfmiddlewaretoken" value="([^"]+)"'), page:match('name="statement" value="([^"]+)"')
    if answered >= answers_each or not statement then somebody_new() else step = "press" end
  elseif status ~= 303 then
    took[#took + 1] = "refused " .. status
    began = nil
    somebody_new()
  end
end

function done(summary, latency, requests)
  local name = threads[1]:get("notes")
  local votes, waits = assert(io.open(name, "a")), assert(io.open(name .. ".took", "a"))
  for _, thread in ipairs(threads) do
    for _, line in ipairs(thread:get("acknowledged")) do votes:write(line, "\n") end
    for _, line in ipairs(thread:get("took")) do waits:write(line, "\n") end
  end
  votes:close()
  waits:close()
end
