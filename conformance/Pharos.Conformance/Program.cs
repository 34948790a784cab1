using Pharos.Conformance;

if (args.Length < 2)
{
    string areas = string.Join(", ", SuiteCatalog.All.Select(static s => s.Area).Distinct(StringComparer.Ordinal));
    Console.Error.WriteLine($"usage: ./test --conformance AREA FOLDER [FILE...]\nareas: {areas}");
    return 2;
}

var report = new CaseReporter(Console.Out);
SuiteCatalog.Run(args[0], args[1], args[2..], report);
Console.Out.WriteLine($"{report.Passed} passed, {report.Failed} failed, {report.Skipped} skipped");
return report.Failed == 0 ? 0 : 1;
