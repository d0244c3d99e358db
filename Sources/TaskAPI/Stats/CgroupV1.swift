/// The messages of `io.containerd.cgroups.v1`: what a container uses on machines with control groups of version 1.
public enum CgroupV1 {}
