using BenchmarkDotNet.Running;
using Pharos.Benchmarks.PromQL;
using Pharos.Benchmarks.Storage;

// `quick` prints figures of the store within a minute or two, `blocks` those of blocks, `fairness ADDRESS` what a running server's small queries take beside huge ones;
// anything else goes to BenchmarkDotNet (for example --filter '*Xor*').
if (args is ["quick", .. string[] rest])
{
    StoreFigures.Print(rest.Length > 0 ? int.Parse(rest[0], System.Globalization.CultureInfo.InvariantCulture) : 100_000, rest.Length > 1 ? int.Parse(rest[1], System.Globalization.CultureInfo.InvariantCulture) : 121);
    return;
}

if (args is ["blocks"])
{
    BlockFigures.Print();
    return;
}

if (args is ["fairness", string address])
{
    await FairnessFigures.PrintAsync(new Uri(address));
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
