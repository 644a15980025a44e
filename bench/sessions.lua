-- The Supermetrics create, as wrk sends it to 64 sessions in turn, /@s1, /@s2 …:
-- `wrk -s sessions.lua URL -- 64`.
dofile("create.lua")

local requests = {}
local last = 0

function init(args)
  for number = 1, tonumber(args[#args]) do
    requests[number] = wrk.format(nil, "/@s" .. number .. wrk.path)
  end
end

function request()
  last = last % #requests + 1
  return requests[last]
end
