namespace Pharos.Conformance;

/// <summary>One kind of case file of one area, run against Pharos.</summary>
public interface ISuite
{
    /// <summary>The folder name in the conformance data, as <c>promql-queries</c>.</summary>
    string Area { get; }

    /// <summary>The files of the area that this suite runs, as a pattern of <see cref="Directory.GetFiles(string, string)"/>, as <c>printer.json</c>, or below a folder of it, as <c>dashboards/*.json</c>.</summary>
    string FilePattern { get; }

    /// <summary>Runs every case of one file and reports each once.</summary>
    void Run(string path, CaseReporter report);
}
