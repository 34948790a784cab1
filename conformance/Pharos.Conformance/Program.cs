using Pharos.Conformance;

string areas = string.Join(", ", SuiteCatalog.All.Select(static s => s.Area).Distinct(StringComparer.Ordinal));
if (args.Length < 2)
{
    Console.Error.WriteLine($"usage: ./test --conformance AREA FOLDER [FILE...]\nareas: {areas}");
    return 2;
}

if (!SuiteCatalog.All.Any(s => string.Equals(s.Area, args[0], StringComparison.Ordinal)))
{
    Console.Error.WriteLine($"no suite for the area \"{args[0]}\"; there are {areas}");
    return 2;
}

if (!Directory.Exists(args[1]))
{
    Console.Error.WriteLine($"no folder {args[1]}");
    return 2;
}

var report = new CaseReporter(Console.Out);
SuiteCatalog.Run(args[0], args[1], args[2..], report);
Console.Out.WriteLine($"{report.Passed} passed, {report.Failed} failed, {report.Skipped} skipped");
return report.Failed == 0 ? 0 : 1;
