import { useComputed, useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import { Authentication } from "./Authentication";
import { Contents } from "./Contents";
import { ErrorList } from "./ErrorList";
import { errorSchemaOf } from "./errors";
import { countOperations, filterSections } from "./filter";
import { Introduction } from "./Introduction";
import type { Document, SchemaLike } from "./openapi";
import { OperationView } from "./OperationView";
import { type Section, sectionsOf } from "./operations";
import { Prose } from "./Prose";
import { useHashTarget } from "./useHashTarget";

export function Reference({ document }: { document: Document }) {
  const sections = useMemo(() => sectionsOf(document), [document]);
  const errorSchema = useMemo(() => errorSchemaOf(document), [document]);
  const words = useSignal("");
  const shown = useComputed(() => filterSections(sections, words.value));
  const isFiltered = words.value.trim() !== "";

  useHashTarget(() => (words.value = ""));

  return (
    <div class="reference" data-testid="docs-state" data-state="loaded">
      <Contents sections={shown.value} words={words} total={countOperations(sections)} isFiltered={isFiltered} />
      <main id="main" tabIndex={-1}>
        {!isFiltered && (
          <>
            <Introduction document={document} />
            <Authentication document={document} />
            <ErrorList schema={errorSchema} document={document} />
          </>
        )}
        {shown.value.map((section) => (
          <SectionView key={section.anchor} section={section} errorSchema={errorSchema} document={document} />
        ))}
        {shown.value.length === 0 && <NothingFound words={words.value} onClear={() => (words.value = "")} />}
      </main>
    </div>
  );
}

interface SectionProperties {
  section: Section;
  errorSchema: SchemaLike | undefined;
  document: Document;
}

function SectionView({ section, errorSchema, document }: SectionProperties) {
  return (
    <section class="group" aria-labelledby={section.anchor}>
      <h2 id={section.anchor}>{section.name}</h2>
      <Prose text={section.text} />
      {section.operations.map((operation) => (
        <OperationView key={operation.id} operation={operation} errorSchema={errorSchema} document={document} />
      ))}
    </section>
  );
}

function NothingFound({ words, onClear }: { words: string; onClear: () => void }) {
  return (
    <div class="docs-state">
      <p>No call matches “{words}”.</p>
      <button type="button" class="button button-quiet button-small" onClick={onClear}>
        Show all calls
      </button>
    </div>
  );
}
