using Pharos.Browser.Tests.Driving;
using Pharos.Browser.Tests.Scenes;

[assembly: AssemblyFixture(typeof(Chromium))]
[assembly: AssemblyFixture(typeof(SampleScene))]
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
