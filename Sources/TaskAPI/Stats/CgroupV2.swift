/// The messages of `io.containerd.cgroups.v2`: what a container uses on machines with control groups of version 2.
public enum CgroupV2 {}
