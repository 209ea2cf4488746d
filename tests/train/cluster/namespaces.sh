#!/bin/sh
# Runs a command in several network namespaces on one bridge, as on machines of one network:
#   unshare --user --map-root-user --net --mount sh namespaces.sh COUNT RATE COMMAND…
# The command of namespace i, from 0, gets i as its last argument and has the address 10.9.0.(i + 1). RATE limits what each
# sends, for instance 1gbit; "none" does not.
set -e
count=$1 rate=$2
shift 2
mount -t tmpfs none /run
mkdir /run/netns
ip link add bridge type bridge
ip link set bridge up
i=0
while [ $i -lt "$count" ]; do
  ip netns add "$i"
  ip link add "link$i" type veth peer name eth0 netns "$i"
  ip link set "link$i" master bridge up
  ip -netns "$i" addr add "10.9.0.$((i + 1))/24" dev eth0
  ip -netns "$i" link set eth0 up
  ip -netns "$i" link set lo up
  [ "$rate" = none ] ||
    ip netns exec "$i" tc qdisc add dev eth0 root tbf rate "$rate" burst 256kb latency 50ms
  i=$((i + 1))
done
i=0
while [ $i -lt "$count" ]; do
  ip netns exec "$i" "$@" "$i" &
  i=$((i + 1))
done
wait
