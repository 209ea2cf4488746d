#!/usr/bin/env bash
# A Slurm cluster of two nodes on this machine, for tests: slurmctld and two slurmd, each in a network namespace of its
# own, of Debian's packages slurmctld, slurmd, slurm-client and munge; as root.
#
#   cluster.sh FOLDER COMMAND...   starts it, runs a command on its head node, ends it
#
# FOLDER gets configuration, logs and state. Within the command, SLURM_CONF is set.
set -euo pipefail

folder=$(realpath -m "$1")
shift
nodes=(head n1 n2)
declare -A address=([head]=10.77.0.1 [n1]=10.77.0.11 [n2]=10.77.0.12)
bridge=nbnslurm
pids=()

# Ends what was started here, by process number, and removes the namespaces.
end() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
  sleep 1
  for node in "${nodes[@]}"; do
    for pid in $(ip netns pids "nbn-$node" 2>/dev/null); do kill -9 "$pid" 2>/dev/null || true; done
    ip netns del "nbn-$node" 2>/dev/null || true
  done
  ip link del "$bridge" 2>/dev/null || true
}
trap end EXIT

mkdir -p "$folder"/{state,munge,log}
echo "127.0.0.1 localhost" >"$folder/hosts"
chmod 711 "$folder/munge"

ip link add "$bridge" type bridge
ip link set "$bridge" up
for node in "${nodes[@]}"; do
  ip netns add "nbn-$node"
  ip link add "nbn-$node" type veth peer name eth0 netns "nbn-$node"
  ip link set "nbn-$node" master "$bridge" up
  ip -n "nbn-$node" addr add "${address[$node]}/24" dev eth0
  ip -n "nbn-$node" link set eth0 up
  ip -n "nbn-$node" link set lo up
  mkdir -p "$folder/spool-$node"
  echo "${address[$node]} $node" >>"$folder/hosts"
done

# Runs a command on a node: in its network, with its host name.
on() {
  local node=$1
  shift
  nsenter --net="/run/netns/nbn-$node" unshare --uts --mount bash -c \
    'hostname "$1"; mount --bind "$2" /etc/hosts; shift 2; exec "$@"' on "$node" "$folder/hosts" "$@"
}

cat >"$folder/slurm.conf" <<CONF
ClusterName=nbn
SlurmctldHost=head
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge/socket
CredType=cred/munge
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SwitchType=switch/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SlurmdParameters=config_overrides
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool-%n
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd-%n.pid
SlurmctldLogFile=$folder/log/slurmctld.log
SlurmdLogFile=$folder/log/slurmd-%n.log
ReturnToService=2
SchedulerParameters=sched_interval=2,bf_interval=2
KillWait=30
# A job of the partition high takes the nodes of one of low, which gets a minute to end and is queued again.
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
NodeName=n1 NodeAddr=n1 NodeHostname=n1 CPUs=2
NodeName=n2 NodeAddr=n2 NodeHostname=n2 CPUs=2
PartitionName=low Nodes=n[1-2] Default=YES PriorityTier=1 GraceTime=60
PartitionName=high Nodes=n[1-2] PriorityTier=2 PreemptMode=OFF
CONF
export SLURM_CONF=$folder/slurm.conf

dd if=/dev/urandom of="$folder/munge/key" bs=128 count=1 status=none
chmod 600 "$folder/munge/key"
munged --foreground --force --key-file="$folder/munge/key" --socket="$folder/munge/socket" \
  --pid-file="$folder/munge/pid" --seed-file="$folder/munge/seed" --log-file="$folder/munge/log" \
  >"$folder/log/munged.out" 2>&1 &
pids+=($!)
until [ -S "$folder/munge/socket" ]; do sleep 0.1; done

on head slurmctld -D >"$folder/log/slurmctld.out" 2>&1 &
pids+=($!)
for node in n1 n2; do
  on "$node" slurmd -D -N "$node" >"$folder/log/slurmd-$node.out" 2>&1 &
  pids+=($!)
done

for _ in $(seq 60); do
  [ "$(on head sinfo -h -o %T 2>/dev/null | sort -u)" = idle ] && break
  sleep 0.5
done
on head sinfo
on head "$@"
